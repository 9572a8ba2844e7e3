package org.bursar.database.internal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.executor.resultset.ResultSetHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.apache.ibatis.type.TypeHandlerRegistry;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.ApiKeyId;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.LeaseId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.SessionId;
import org.bursar.kernel.SubscriptionId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UsageEventId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.kernel.WorkspaceId;

/** MyBatis as we use it: annotated mappers, records by constructor, no caches (their keys know no tenant), no lazy loading. */
final class MyBatis {
    private MyBatis() {}

    static SqlSessionFactory factory(String schema, Class<?> mapper) {
        Configuration configuration = new OurConfiguration();
        // sessions are opened on a transaction's connection, so the environment needs no data source of its own
        configuration.setEnvironment(new Environment(schema, new JdbcTransactionFactory(), new NoDataSource()));
        configuration.setCacheEnabled(false);
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.setReturnInstanceForEmptyRow(false);
        registerTypes(configuration.getTypeHandlerRegistry());
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        // types that annotations name are looked up through the context class loader
        thread.setContextClassLoader(mapper.getClassLoader());
        try {
            configuration.addMapper(mapper);
        } finally {
            thread.setContextClassLoader(former);
        }
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    /** Reads records our way. */
    private static final class OurConfiguration extends Configuration {
        private final Map<String, Optional<RecordRows.Plan>> plans = new ConcurrentHashMap<>();

        @Override
        @SuppressWarnings("rawtypes") // as it is there
        public ResultSetHandler newResultSetHandler(
                Executor executor,
                MappedStatement statement,
                RowBounds bounds,
                ParameterHandler parameters,
                ResultHandler results,
                BoundSql sql) {
            return new RecordRows(executor, statement, parameters, results, sql, bounds, plans);
        }
    }

    private static void registerTypes(TypeHandlerRegistry types) {
        types.register(UUID.class, new UuidType());
        types.register(java.time.Instant.class, new InstantType());
        types.register(UUID[].class, new ArrayType<>("uuid", UUID[].class));
        types.register(String[].class, new ArrayType<>("text", String[].class));
        types.register(BigDecimal[].class, new ArrayType<>("numeric", BigDecimal[].class));
        types.register(java.time.Instant[].class, new ArrayType<>("timestamptz", java.time.Instant[].class));
        types.register(Integer[].class, new ArrayType<>("int4", Integer[].class));
        types.register(Long[].class, new ArrayType<>("int8", Long[].class));
        types.register(Boolean[].class, new ArrayType<>("bool", Boolean[].class));
        types.register(byte[][].class, new ArrayType<>("bytea", byte[][].class));
        types.register(AddOnId.class, new IdType<>(AddOnId::new));
        types.register(ApiKeyId.class, new IdType<>(ApiKeyId::new));
        types.register(AuditEntryId.class, new IdType<>(AuditEntryId::new));
        types.register(CustomerId.class, new IdType<>(CustomerId::new));
        types.register(HoldId.class, new IdType<>(HoldId::new));
        types.register(UsageEventId.class, new IdType<>(UsageEventId::new));
        types.register(LeaseId.class, new IdType<>(LeaseId::new));
        types.register(MailId.class, new IdType<>(MailId::new));
        types.register(MessageId.class, new IdType<>(MessageId::new));
        types.register(MeterId.class, new IdType<>(MeterId::new));
        types.register(PackageId.class, new IdType<>(PackageId::new));
        types.register(PermissionSetId.class, new IdType<>(PermissionSetId::new));
        types.register(PlanId.class, new IdType<>(PlanId::new));
        types.register(PurchaseId.class, new IdType<>(PurchaseId::new));
        types.register(RefundId.class, new IdType<>(RefundId::new));
        types.register(RepricingId.class, new IdType<>(RepricingId::new));
        types.register(SavedMethodId.class, new IdType<>(SavedMethodId::new));
        types.register(SessionId.class, new IdType<>(SessionId::new));
        types.register(SubscriptionId.class, new IdType<>(SubscriptionId::new));
        types.register(TenantId.class, new IdType<>(TenantId::new));
        types.register(ThreadId.class, new IdType<>(ThreadId::new));
        types.register(UserId.class, new IdType<>(UserId::new));
        types.register(WebhookDeliveryId.class, new IdType<>(WebhookDeliveryId::new));
        types.register(WebhookEndpointId.class, new IdType<>(WebhookEndpointId::new));
        types.register(WorkspaceId.class, new IdType<>(WorkspaceId::new));
    }
}
