package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Every code that an answer may carry is a public constant of a class {@code …Problems}, is used, means one thing, and is told of in
 * docs/api.md, which this test writes when it runs with {@code -Ddocs.write=true}.
 */
public final class ProblemCodesTest {
    private static final Path PAGE = Path.of("../docs/api.md");
    private static final String BEGIN = "## Problem codes\n";
    private static final String HEAD = BEGIN + """

            Written from the constants of the code by `./mvnw -pl itests -am test -Dtest=ProblemCodesTest -Ddocs.write=true
            -Dsurefire.failIfNoSpecifiedTests=false`; a test fails while they differ. The `type` of a problem leads to the same on the
            running platform: `GET /problems/{code}`, and `GET /problems/` for all.
            """;

    private static JavaClasses classes;
    private static Map<String, String> bundleOf;
    private static List<Constant<ProblemCode>> problems;
    private static List<Constant<FieldCode>> fields;

    /** A constant, where it is from. */
    private record Constant<T>(String owner, String name, String bundle, T value) {}

    @BeforeClass
    public static void readTheBundles() throws Exception {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(System.getProperty("bursar.bundles", "../bundles")))) {
            modules.map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .forEach(folders::add);
        }
        classes = new ClassFileImporter().importPaths(folders);
        bundleOf = new HashMap<>();
        List<URL> places = new ArrayList<>();
        for (Path folder : folders) {
            places.add(url(folder));
            String bundle = folder.getParent().getParent().getFileName().toString();
            new ClassFileImporter().importPath(folder).forEach(type -> bundleOf.put(type.getName(), bundle));
        }
        // not the kernel of this test's class path, which may be an older build
        try (URLClassLoader loader =
                new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            problems = constants(loader, ProblemCode.class);
            fields = constants(loader, FieldCode.class);
        }
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    private static <T> List<Constant<T>> constants(ClassLoader loader, Class<T> type)
            throws ReflectiveOperationException {
        List<Constant<T>> found = new ArrayList<>();
        for (JavaClass holder : classes) {
            boolean holds = holder.getFields().stream()
                    .anyMatch(field -> field.getRawType().getName().equals(type.getName())
                            && field.getModifiers().contains(JavaModifier.STATIC));
            if (!holds) {
                continue;
            }
            assertTrue(
                    holder.getName() + " has codes, and is not called …Problems or not exported",
                    holder.getSimpleName().endsWith("Problems")
                            && !holder.getPackageName().contains(".internal"));
            for (Field field : loader.loadClass(holder.getName()).getDeclaredFields()) {
                if (field.getType().getName().equals(type.getName())) {
                    assertTrue(field + " is not public", Modifier.isPublic(field.getModifiers()));
                    String bundle = bundleOf.get(holder.getName());
                    found.add(new Constant<>(holder.getName(), field.getName(), bundle, copy(type, field.get(null))));
                }
            }
        }
        return found;
    }

    /** The same record in this test's class. */
    private static <T> T copy(Class<T> type, Object there) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int place = 0; place < components.length; place++) {
            types[place] = components[place].getType();
            values[place] =
                    there.getClass().getMethod(components[place].getName()).invoke(there);
        }
        return type.getConstructor(types).newInstance(values);
    }

    @Test
    public void everyCodeIsAConstant() {
        List<String> literals = new ArrayList<>();
        for (JavaClass type : classes) {
            type.getConstructorCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().isEquivalentTo(ProblemCode.class)
                            || call.getTargetOwner().isEquivalentTo(FieldCode.class))
                    .filter(call -> !type.getSimpleName().endsWith("Problems"))
                    .map(JavaAccess::getDescription)
                    .forEach(literals::add);
        }
        assertEquals(List.of(), literals);
        assertTrue("only " + problems.size(), problems.size() >= 40);
        assertTrue("only " + fields.size(), fields.size() >= 30);
    }

    @Test
    public void everyCodeIsUsed() {
        TreeSet<String> unused = new TreeSet<>();
        problems.forEach(constant -> unused.add(constant.owner() + '.' + constant.name()));
        fields.forEach(constant -> unused.add(constant.owner() + '.' + constant.name()));
        for (JavaClass type : classes) {
            type.getFieldAccessesFromSelf().stream()
                    // the constant's own class only makes it, or offers a shorter way to throw it
                    .filter(access -> !access.getOrigin().getName().equals("<clinit>"))
                    .forEach(access -> unused.remove(access.getTargetOwner().getName()
                            + '.'
                            + access.getTarget().getName()));
            if (List.of("ProblemAnswer", "RefusedByJetty").contains(type.getSimpleName())) {
                // a table by status, made when the class is
                type.getFieldAccessesFromSelf()
                        .forEach(access -> unused.remove(access.getTargetOwner().getName()
                                + '.'
                                + access.getTarget().getName()));
            }
        }
        assertEquals(new TreeSet<>(), unused);
    }

    @Test
    public void oneCodeMeansOneThing() {
        List<String> codes = new ArrayList<>();
        problems.forEach(constant -> codes.add("problem " + constant.value().code()));
        fields.forEach(constant -> codes.add("field " + constant.value().code()));
        List<String> twice = new ArrayList<>(codes);
        new TreeSet<>(codes).forEach(twice::remove);
        assertEquals(List.of(), twice);
    }

    @Test
    public void everyCodeSaysInSentencesWhyAndWhatToDo() {
        List<String> poor = new ArrayList<>();
        for (Constant<ProblemCode> constant : problems) {
            ProblemCode code = constant.value();
            boolean sentences = code.cause().endsWith(".") && code.cure().endsWith(".");
            if (!sentences
                    || code.cause().length() < 25
                    || code.cure().length() < 15
                    || code.title().endsWith(".")) {
                poor.add(code.toString());
            }
        }
        fields.stream()
                .map(constant -> constant.value())
                .filter(code -> !code.meaning().endsWith(".") || code.meaning().length() < 20)
                .forEach(code -> poor.add(code.code()));
        assertEquals(List.of(), poor);
    }

    @Test
    public void theDocumentationTellsOfTheCodesAsTheyAre() throws IOException {
        String text = Files.readString(PAGE);
        int begin = text.indexOf(BEGIN);
        assertTrue("no " + BEGIN, begin >= 0);
        int next = text.indexOf("\n## ", begin + BEGIN.length());
        String after = next < 0 ? "" : text.substring(next);
        String wanted = text.substring(0, begin) + section() + after;
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, wanted);
        } else {
            assertEquals(wanted, text);
        }
    }

    private static String section() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\n| code | status | what happened | why | what to do | from |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        problems.stream()
                .sorted(Comparator.comparing((Constant<ProblemCode> constant) ->
                                constant.value().status())
                        .thenComparing(constant -> constant.value().code()))
                .forEach(constant -> {
                    ProblemCode code = constant.value();
                    text.append("| `%s` | %d | %s | %s | %s | %s |\n"
                            .formatted(
                                    code.code(),
                                    code.status(),
                                    code.title(),
                                    code.cause(),
                                    code.cure(),
                                    constant.bundle()));
                });
        text.append(
                "\n### Codes of fields\n\nIn `errors[].code` of `invalid`, and as the `code` of a rejected usage event.\n");
        text.append("\n| code | what it says about the field | from |\n| --- | --- | --- |\n");
        fields.stream()
                .sorted(Comparator.comparing(constant -> constant.value().code()))
                .forEach(constant -> text.append("| `%s` | %s | %s |\n"
                        .formatted(constant.value().code(), constant.value().meaning(), constant.bundle())));
        return text.toString();
    }
}
