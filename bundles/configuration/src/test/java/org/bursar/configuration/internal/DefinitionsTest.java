package org.bursar.configuration.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.Setting;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    @Test
    void theBuildsXmlIsRead() throws Exception {
        String xml = """
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0"
                    xmlns:setting="urn:bursar:setting:1">
                  <OCD id="x" name="X">
                    <AD id="url" type="String" default="" setting:kind="WEB_ADDRESS" setting:needed="true"/>
                    <AD id="names" type="String" cardinality="2147483647" default="a,b"/>
                    <AD id="days" type="Integer" min="1" max="90" default="3"/>
                    <AD id="mode" type="String" default="a"><Option label="A" value="a"/><Option label="B" value="b"/></AD>
                  </OCD>
                  <Designate pid="org.bursar.x"><Object ocdref="x"/></Designate>
                </metatype:MetaData>
                """;
        Map<String, List<Definition>> read = Definitions.parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        assertThat(read)
                .containsOnly(Map.entry(
                        "org.bursar.x",
                        List.of(
                                new Definition(
                                        "url",
                                        "String",
                                        false,
                                        null,
                                        null,
                                        "",
                                        List.of(),
                                        Setting.Kind.WEB_ADDRESS,
                                        true),
                                new Definition(
                                        "names",
                                        "String",
                                        true,
                                        null,
                                        null,
                                        "a,b",
                                        List.of(),
                                        Setting.Kind.TEXT,
                                        false),
                                new Definition(
                                        "days", "Integer", false, "1", "90", "3", List.of(), Setting.Kind.TEXT, false),
                                new Definition(
                                        "mode",
                                        "String",
                                        false,
                                        null,
                                        null,
                                        "a",
                                        List.of("a", "b"),
                                        Setting.Kind.TEXT,
                                        false))));
    }
}
