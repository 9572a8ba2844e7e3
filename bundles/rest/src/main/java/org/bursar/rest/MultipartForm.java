package org.bursar.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.RequestContext;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A form with files (RFC 7578), read in memory: a body is bounded before it comes here. Each field may come once, and what is
 * unknown is refused, as in JSON.
 */
public final class MultipartForm {
    private static final int MOST_PARTS = 20;
    private static final int LARGEST_HEAD = 4_096;
    private static final int LONGEST_NAME = 200;

    private final Map<String, Part> parts;

    private MultipartForm(Map<String, Part> parts) {
        this.parts = Map.copyOf(parts);
    }

    /**
     * One field.
     *
     * @param fileName as the sender calls the file, without folders; null: it is no file
     */
    public record Part(@Nullable String fileName, byte[] content) {
        @Override
        public String toString() {
            return fileName + ", " + content.length + " bytes";
        }
    }

    /**
     * Reads a body.
     *
     * @param known the fields that it may have
     * @throws ProblemException {@code bad_request} when it is no such form; {@code invalid} with a pointer for fields that are
     *     unknown or come twice
     */
    public static MultipartForm read(@Nullable String contentType, byte[] body, List<String> known) {
        FileUpload upload = new FileUpload();
        upload.setFileCountMax(MOST_PARTS);
        upload.setPartHeaderSizeMax(LARGEST_HEAD);
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        Map<String, Part> parts = new LinkedHashMap<>();
        try {
            FileItemIterator items = upload.getItemIterator(new Body(contentType == null ? "" : contentType, body));
            while (items.hasNext()) {
                FileItemStream item = items.next();
                String name = name(item, known);
                if (parts.putIfAbsent(name, part(item)) != null) {
                    throw new ProblemException(
                            Problems.invalid("/" + name, FieldProblems.DUPLICATE, "a field comes once"));
                }
            }
        } catch (FileUploadException | IOException | InvalidFileNameException e) {
            throw new ProblemException(
                    Problems.BAD_REQUEST,
                    "The body is no multipart/form-data with a boundary, of at most " + MOST_PARTS + " parts.");
        }
        return new MultipartForm(parts);
    }

    private static String name(FileItemStream item, List<String> known) {
        String name = item.getFieldName();
        if (name == null || !known.contains(name)) {
            String shown = name == null || name.length() > LONGEST_NAME ? "" : name;
            String pointer = "/" + shown.replace("~", "~0").replace("/", "~1");
            throw new ProblemException(new Problem(
                    Problems.INVALID,
                    "There is no such field here; there are " + known + ".",
                    List.of(new FieldError(pointer, FieldProblems.UNKNOWN_FIELD, "there are " + known)),
                    Map.of()));
        }
        return name;
    }

    private static Part part(FileItemStream item) throws IOException {
        try (InputStream content = item.openStream()) {
            return new Part(item.isFormField() ? null : plain(item.getName()), content.readAllBytes());
        }
    }

    /** The last step of a path, whoever wrote it, without what no name should have. */
    private static String plain(@Nullable String name) {
        String text = name == null ? "" : name;
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        String clean = last.codePoints()
                .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isBlank() ? "file" : clean.strip();
    }

    /** A field that is a file. */
    public Optional<Part> file(String name) {
        return Optional.ofNullable(parts.get(name)).filter(part -> part.fileName() != null);
    }

    /** A field that is text, in UTF-8. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(parts.get(name))
                .filter(part -> part.fileName() == null)
                .map(part -> new String(part.content(), StandardCharsets.UTF_8));
    }

    private record Body(String contentType, byte[] bytes) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        @SuppressWarnings("deprecation") // the interface still asks for it
        public int getContentLength() {
            return bytes.length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
