package org.bursar.rest.internal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bursar.rest.InnerCalls;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation on behalf of a page: of the page's request it has the peer, the host and what {@link HostGate} found out;
 * method, address, headers and body are its own, and so is what is attached to it.
 */
final class InnerRequest extends HttpServletRequestWrapper {
    private final String method;
    private final String servletPath;
    private final @Nullable String pathInfo;
    private final String uri;
    private final @Nullable String query;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final Map<String, @Nullable Object> attributes = new HashMap<>();

    /** @param owned the top-level path of the capability that serves it, such as {@code /customers} */
    InnerRequest(HttpServletRequest outer, InnerCalls.Question question, String owned) {
        super(outer);
        int mark = question.path().indexOf('?');
        String path = mark < 0 ? question.path() : question.path().substring(0, mark);
        method = question.method();
        query = mark < 0 ? null : question.path().substring(mark + 1);
        uri = ApiContext.PATH + path;
        servletPath = owned;
        pathInfo = path.length() == owned.length() ? null : path.substring(owned.length());
        headers.putAll(question.headers());
        headers.putIfAbsent("Accept", "application/json");
        body = question.body();
        if (body.length > 0) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getContextPath() {
        return ApiContext.PATH;
    }

    @Override
    public String getServletPath() {
        return servletPath;
    }

    @Override
    public @Nullable String getPathInfo() {
        return pathInfo;
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        url.setLength(url.length() - super.getRequestURI().length());
        return url.append(uri);
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = headers.get(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    @Override
    public int getIntHeader(String name) {
        String value = headers.get(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        return -1;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return null;
    }

    @Override
    public @Nullable String getContentType() {
        return headers.get("Content-Type");
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Bytes(body);
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.containsKey(name) ? attributes.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
        if (name.equals(CallFilter.CALLER)) {
            // the line of the request log names who the page was for
            super.setAttribute(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.put(name, null);
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("a page waits for its answer");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        throw new IllegalStateException("a page waits for its answer");
    }

    /** A body that is there. */
    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Bytes(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("a page waits for its answer");
        }
    }
}
