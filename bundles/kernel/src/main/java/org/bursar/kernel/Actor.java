package org.bursar.kernel;

/**
 * Who does something, as the audit log names them.
 *
 * @param id a TypeID, or the name of a job or shell user
 * @param name what people call them
 */
public record Actor(Kind kind, String id, String name) {
    /** What acts. */
    public enum Kind {
        USER,
        API_KEY,
        OPERATOR,
        SYSTEM
    }

    /** Bursar itself: a job, a start-up step. */
    public static Actor system(String what) {
        return new Actor(Kind.SYSTEM, what, what);
    }
}
