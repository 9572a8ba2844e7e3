package org.bursar.jobs.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.jobs}. */
@ObjectClassDefinition(name = "Bursar jobs")
public @interface JobsConfig {
    @Setting(Setting.Kind.FOLDER)
    @AttributeDefinition(description = "Folder of all state; the node's own name is the file jobs-node in it")
    String data() default "";
}
