package org.bursar.identity.internal;

import java.util.List;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What users do with their own second step: turning it on and off asks for the password, since a session may be stolen. */
@Component(service = OwnSecondFactor.class)
public final class OwnSecondFactor {
    private final Database database;
    private final SecondFactors factors;
    private final Passwords passwords;
    private final UserMapper users;

    @Activate
    public OwnSecondFactor(
            @Reference Database database, @Reference SecondFactors factors, @Reference Passwords passwords) {
        this.database = database;
        this.factors = factors;
        this.passwords = passwords;
        users = database.mapper("identity", UserMapper.class);
    }

    public SecondFactors.State state(TenantId home, UserId user) {
        return factors.state(home, user);
    }

    public SecondFactors.Enrolment begin(TenantId home, UserId user, @Nullable String password, String address) {
        passwords.verify(home, user, password, address);
        return factors.begin(user(home, user));
    }

    public List<String> confirm(TenantId home, UserId user, String code) {
        return factors.confirm(user(home, user), code);
    }

    public void remove(TenantId home, UserId user, @Nullable String password, String address) {
        passwords.verify(home, user, password, address);
        UserRow row = user(home, user);
        Scope self = Scope.of(home, new Actor(Actor.Kind.USER, user.toString(), row.name()));
        database.run(self, () -> factors.remove(self, row, "second-factor.disable"));
    }

    private UserRow user(TenantId home, UserId user) {
        return database.transact(
                Scope.of(home, Actor.system("second-factor")),
                () -> users.get(home, user).orElseThrow(Problems::notFound));
    }
}
