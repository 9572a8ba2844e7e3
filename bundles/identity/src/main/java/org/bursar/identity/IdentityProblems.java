package org.bursar.identity;

import org.bursar.kernel.ProblemCode;

/** What identity refuses with. */
public final class IdentityProblems {
    public static final ProblemCode BAD_CREDENTIALS =
            new ProblemCode("bad_credentials", 401, "E-mail or password is wrong", "Try again, or reset the password.");
    public static final ProblemCode USER_DISABLED =
            new ProblemCode("user_disabled", 403, "The user is disabled", "Ask an administrator to enable the user.");
    public static final ProblemCode EMAIL_TAKEN = new ProblemCode(
            "email_taken", 409, "The e-mail address is in use", "Use another address, or the user who has it.");
    public static final ProblemCode NAME_TAKEN =
            new ProblemCode("name_taken", 409, "The name is in use", "Use another name.");
    public static final ProblemCode PERMISSION_SET_IN_USE = new ProblemCode(
            "permission_set_in_use", 409, "Users have this permission set", "Give them another one first.");
    public static final ProblemCode SEAT_LIMIT_REACHED = new ProblemCode(
            "seat_limit_reached", 409, "The plan allows no more users", "Remove a user or choose a larger plan.");
    public static final ProblemCode LAST_ADMIN = new ProblemCode(
            "last_admin", 409, "The tenant's last administrator stays", "Give somebody else all permissions first.");
    public static final ProblemCode LINK_ENDED =
            new ProblemCode("link_ended", 410, "The link was used or has expired", "Ask for a new one.");

    private IdentityProblems() {}
}
