package org.bursar.mail.internal;

import java.lang.annotation.Annotation;

/** A configuration as it would come from the configuration admin. */
record TestConfig(String smtp_url, String sender_address, String sender_name, String url) implements MailConfig {
    static TestConfig server(String smtpUrl) {
        return new TestConfig(smtpUrl, "billing@platform.example", "Platform", "http://127.0.0.1:8080");
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return MailConfig.class;
    }
}
