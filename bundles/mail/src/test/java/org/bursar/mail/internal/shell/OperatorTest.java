package org.bursar.mail.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorTest {
    @Test
    void textCannotCommandATerminal() {
        assertThat(Operator.printable("a\u001b[2Jb\rc")).isEqualTo("a [2Jb c");
    }

    @Test
    void textCannotLeaveItsJsonString() {
        assertThat(Operator.quoted("a\"b\\c\n\u001bü\u009b")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u001bü\\u009b\"");
    }
}
