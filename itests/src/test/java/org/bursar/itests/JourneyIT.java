package org.bursar.itests;

import static org.junit.Assert.assertNotNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bursar.database.DatabaseAddress;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.postgresql.ds.PGSimpleDataSource;

/** The journey through the built distribution. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class JourneyIT extends Journey {
    @Configuration
    public Option[] distribution() {
        return Distribution.options(ADMIN, ADMIN_PASSWORD);
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(JourneyIT.class).getBundleContext();
    }

    private static <S> S service(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        assertNotNull("no service " + type, reference);
        return context().getService(reference);
    }

    @Override
    protected URI base() {
        return URI.create("http://127.0.0.1:" + context().getProperty("org.osgi.service.http.port"));
    }

    @Override
    protected String shell(String command) throws Exception {
        Subject operator = new Subject();
        operator.getPrincipals().add(new RolePrincipal("admin"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            Subject.doAs(operator, (PrivilegedExceptionAction<Object>) () -> {
                Session session = service(SessionFactory.class).create(new ByteArrayInputStream(new byte[0]), out, out);
                try {
                    return session.execute(command);
                } finally {
                    session.close();
                }
            });
        } catch (PrivilegedActionException e) {
            throw new IllegalStateException(
                    command + ": " + printed.toString(StandardCharsets.UTF_8), e.getException());
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> asOwner(String... statements) throws Exception {
        return as(service(DatabaseAddress.class).owner(), statements);
    }

    @Override
    protected List<String> asApplication(String... statements) throws Exception {
        return as(service(DatabaseAddress.class).application(), statements);
    }

    private static List<String> as(DatabaseAddress.Login login, String... statements) throws Exception {
        DatabaseAddress address = service(DatabaseAddress.class);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        try (Connection connection = source.getConnection(login.user(), login.password());
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            for (String sql : statements) {
                rows.clear();
                if (statement.execute(sql)) {
                    ResultSet results = statement.getResultSet();
                    while (results.next()) {
                        rows.add(results.getString(1));
                    }
                }
            }
            return rows;
        }
    }
}
