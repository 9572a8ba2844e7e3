package org.bursar.identity;

import java.util.Optional;

/**
 * A user to be created.
 *
 * @param pointer where its fields stand in the request, such as {@code /admin}, so that errors name the right field
 * @param password empty: the user sets one by the link of the welcome mail
 * @param mustChange whether the password is temporary and must be changed at the first sign-in
 */
public record NewUser(
        String pointer,
        String firstName,
        String lastName,
        String email,
        Optional<String> password,
        boolean mustChange) {
    @Override
    public String toString() {
        return "NewUser[" + email + "]";
    }
}
