package org.bursar.testing.stripe;

/** A refusal on its way to whoever asked. */
final class StripeError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    StripeError(Answer answer) {
        super(answer.body());
        this.answer = answer;
    }

    static StripeError missing(String param, String id) {
        return new StripeError(
                Answer.error(404, "invalid_request_error", "resource_missing", param, "No such object: '" + id + "'"));
    }

    static StripeError invalid(String code, String param, String message) {
        return new StripeError(Answer.error(400, "invalid_request_error", code, param, message));
    }

    Answer answer() {
        return answer;
    }
}
