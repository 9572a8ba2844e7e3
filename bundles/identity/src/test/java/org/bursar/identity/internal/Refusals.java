package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.kernel.ProblemException;

/** Asserts refusals by their code. */
final class Refusals {
    private Refusals() {}

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> org.assertj.core.api.Assertions.assertThat(
                                        refusal.problem().code().code())
                                .as(refusal.problem().toString())
                                .isEqualTo(code));
    }
}
