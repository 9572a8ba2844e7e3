package org.bursar.identity;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What identity refuses with. */
public final class IdentityProblems {
    public static final ProblemCode BAD_CREDENTIALS = new ProblemCode(
            "bad_credentials",
            401,
            "E-mail or password is wrong",
            "No user of this tenant has this e-mail address and this password. Which of the two is wrong is "
                    + "not told.",
            "Check both, and the tenant; or have a link sent by POST /api/v1/password-resets.");
    public static final ProblemCode SECOND_FACTOR_REQUIRED = new ProblemCode(
            "second_factor_required",
            401,
            "A code is needed too",
            "The password is right, and the user has a second step: a code of an authenticator app.",
            "POST /api/v1/sessions again with challenge, as it is in this problem, and code, within five minutes.");
    public static final ProblemCode BAD_CODE = new ProblemCode(
            "bad_code",
            401,
            "The code is wrong",
            "The code is not the app's present one, was used before, or the challenge is older than five minutes.",
            "Wait for the app's next code, or use a recovery code; when the challenge is over, sign in from the start.");
    public static final ProblemCode SECOND_FACTOR_ON = new ProblemCode(
            "second_factor_on",
            409,
            "The second step is on already",
            "The user has a second step that was confirmed by a code.",
            "Turn it off first (POST /api/v1/me/second-factor/remove).");
    public static final ProblemCode USER_DISABLED = new ProblemCode(
            "user_disabled",
            403,
            "The user is disabled",
            "An administrator disabled the user.",
            "Ask an administrator to enable the user (POST /api/v1/users/{id}/enable).");
    public static final ProblemCode EMAIL_TAKEN = new ProblemCode(
            "email_taken",
            409,
            "The e-mail address is in use",
            "Another user has the e-mail address; upper and lower case make no difference.",
            "Use another address, or the user who has it.");
    public static final ProblemCode PERMISSION_SET_IN_USE = new ProblemCode(
            "permission_set_in_use",
            409,
            "Users have this permission set",
            "The permission set cannot be deleted while users have it.",
            "Give those users another set or access first, then delete it.");
    public static final ProblemCode SEAT_LIMIT_REACHED = new ProblemCode(
            "seat_limit_reached",
            409,
            "The plan allows no more users",
            "The customer has as many users as its plan allows; limit says how many.",
            "Remove a user, or give the customer a larger plan.");
    public static final ProblemCode LAST_ADMIN = new ProblemCode(
            "last_admin",
            409,
            "The tenant's last administrator stays",
            "The user is the only one left with all permissions in the tenant.",
            "Give somebody else all permissions first.");
    public static final ProblemCode LINK_ENDED = new ProblemCode(
            "link_ended",
            410,
            "The link was used or has expired",
            "A one-time link works once and for a limited time, and a newer link ends the older ones.",
            "Ask for a new one: POST /api/v1/password-resets, or have the welcome mail sent again.");

    public static final FieldCode NOT_FOR_CUSTOMERS = new FieldCode(
            "not_for_customers", "The permission cannot be given to a key that is held to one " + "customer.");
    public static final FieldCode UNKNOWN_PERMISSION =
            new FieldCode("unknown_permission", "There is no such permission.");
    public static final FieldCode WEAK_PASSWORD = new FieldCode(
            "weak_password",
            "The password is too short or too long, lacks a kind of character, or is one that everybody "
                    + "tries first.");
    public static final FieldCode WRONG_PASSWORD =
            new FieldCode("wrong_password", "The present password is not the one that was sent.");
    public static final FieldCode SAME_PASSWORD = new FieldCode("same_password", "The new password is the old one.");

    private IdentityProblems() {}
}
