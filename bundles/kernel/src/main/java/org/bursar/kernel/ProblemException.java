package org.bursar.kernel;

/**
 * Ends a request with a refusal and rolls its transaction back. It is thrown for what a caller did wrong or cannot have;
 * it carries no stack trace, since it is an answer and not a fault.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail));
    }

    /** The refusal. */
    public Problem problem() {
        return problem;
    }
}
