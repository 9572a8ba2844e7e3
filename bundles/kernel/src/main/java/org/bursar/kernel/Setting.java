package org.bursar.kernel;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the text of a configuration's key must look like, beside the type and the bounds of its {@code AttributeDefinition}. It
 * travels in the bundle's metatype XML; the bundle {@code configuration} holds what an operator writes against it.
 */
@XMLAttribute(namespace = Setting.NAMESPACE, prefix = "setting", mapping = "value=kind")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Setting {
    /** Of the attributes in the XML. */
    String NAMESPACE = "urn:bursar:setting:1";

    /** What is expected. */
    Kind value();

    /**
     * Whether the usual value would be worse than none when what is written cannot be used: then nothing that is configured here
     * starts before it is mended.
     */
    boolean needed() default false;

    /** What a text may be; an empty one always means that nothing is said. */
    enum Kind {
        /** One line of printable characters. */
        TEXT,
        /** {@code http} or {@code https} with a host. */
        WEB_ADDRESS,
        /** A JDBC address of PostgreSQL. */
        POSTGRESQL,
        /** {@code smtp} or {@code smtps} with a host. */
        MAIL_SERVER,
        /** An e-mail address. */
        EMAIL,
        /** A folder that exists; when nothing is said, the data folder of the run. */
        FOLDER,
        /** A file that can be read. */
        FILE,
        /** Names in kebab-case. */
        NAMES,
        /** Addresses of machines or networks, such as {@code 10.0.0.0/8}. */
        NETWORKS
    }
}
