package org.bursar.web.internal;

/** Ends a page with another: not found, not permitted, not available. */
public final class PageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public PageProblem(int status, String detail) {
        super(detail);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public static PageProblem notFound() {
        return new PageProblem(404, "");
    }
}
