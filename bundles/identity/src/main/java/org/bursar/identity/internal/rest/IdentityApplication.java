package org.bursar.identity.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.identity.internal.ApiKeys;
import org.bursar.identity.internal.AuditLog;
import org.bursar.identity.internal.Neighbours;
import org.bursar.identity.internal.OwnSecondFactor;
import org.bursar.identity.internal.Passwords;
import org.bursar.identity.internal.PermissionSets;
import org.bursar.identity.internal.ResetAnswers;
import org.bursar.identity.internal.Sessions;
import org.bursar.identity.internal.UserAccounts;
import org.bursar.identity.internal.UserCreation;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Identity's paths. */
@Component(service = Application.class)
@RestPaths(
        paths = {
            "/sessions",
            "/me",
            "/password-resets",
            "/one-time-links",
            "/users",
            "/permission-sets",
            "/api-keys",
            "/audit-entries"
        })
public final class IdentityApplication extends RestApplication {
    @Activate
    public IdentityApplication(
            @Reference Sessions sessions,
            @Reference Passwords passwords,
            @Reference ResetAnswers answers,
            @Reference UserAccounts accounts,
            @Reference UserCreation creation,
            @Reference Neighbours neighbours,
            @Reference PermissionSets sets,
            @Reference ApiKeys keys,
            @Reference AuditLog audit,
            @Reference OwnSecondFactor secondFactor) {
        super(
                new SessionsResource(sessions),
                new MeResource(accounts, passwords),
                new SecondFactorResource(secondFactor),
                new PasswordResetsResource(passwords, answers),
                new OneTimeLinksResource(passwords),
                new UsersResource(accounts, creation, neighbours),
                new PermissionSetsResource(sets),
                new ApiKeysResource(keys),
                new AuditEntriesResource(audit));
    }
}
