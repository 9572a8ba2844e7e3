package org.bursar.tenancy.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What is drawn in an SVG file, written anew without all else: shapes, text, gradients, clips and masks, which refer to nothing but to
 * each other. Scripts, handlers, styles, links, pictures within, foreign markup, comments and the document type are left out.
 */
final class SvgCleaning {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final int DEEPEST = 40;
    /** Copies of copies multiply: so few make some thousand elements at worst, and not a million. */
    private static final int MOST_USES = 20;

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "symbol",
            "use",
            "title",
            "desc",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask");
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "viewBox",
            "width",
            "height",
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "fx",
            "fy",
            "d",
            "dx",
            "dy",
            "points",
            "transform",
            "preserveAspectRatio",
            "fill",
            "fill-rule",
            "fill-opacity",
            "stroke",
            "stroke-width",
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-miterlimit",
            "stroke-dasharray",
            "stroke-dashoffset",
            "stroke-opacity",
            "opacity",
            "color",
            "clip-path",
            "clip-rule",
            "mask",
            "display",
            "visibility",
            "offset",
            "stop-color",
            "stop-opacity",
            "gradientUnits",
            "gradientTransform",
            "spreadMethod",
            "clipPathUnits",
            "maskUnits",
            "maskContentUnits",
            "font-family",
            "font-size",
            "font-weight",
            "font-style",
            "letter-spacing",
            "text-anchor",
            "dominant-baseline",
            "pathLength",
            "vector-effect",
            "paint-order");
    private static final Pattern OWN = Pattern.compile("#[A-Za-z][A-Za-z0-9_.:-]{0,99}");
    private static final Pattern OWN_URL =
            Pattern.compile("url\\(\\s*['\"]?#[A-Za-z][A-Za-z0-9_.:-]{0,99}['\"]?\\s*\\)");

    private final StringBuilder clean = new StringBuilder();
    private int uses;

    private SvgCleaning() {}

    /** The drawing of a file; empty when it is no SVG, or nested deeper or with more copies than drawings are. */
    static Optional<byte[]> of(byte[] file) {
        try {
            Element root = parser().parse(new ByteArrayInputStream(file)).getDocumentElement();
            SvgCleaning cleaning = new SvgCleaning();
            if (!SVG.equals(root.getNamespaceURI()) || !"svg".equals(root.getLocalName()) || !cleaning.write(root, 0)) {
                return Optional.empty();
            }
            return Optional.of(cleaning.clean.toString().getBytes(StandardCharsets.UTF_8));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        }
    }

    /** Files with a document type are refused, so that nothing is expanded and nothing is fetched. */
    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler());
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("no XML parser that refuses document types", e);
        }
    }

    /** Writes an element with what is drawn in it; false when it is too deep, or one copy too many. */
    private boolean write(Element element, int depth) {
        String name = element.getLocalName();
        uses += "use".equals(name) ? 1 : 0;
        if (depth > DEEPEST || uses > MOST_USES) {
            return false;
        }
        if (!SVG.equals(element.getNamespaceURI()) || !ELEMENTS.contains(name)) {
            return true;
        }
        clean.append('<').append(name);
        if (depth == 0) {
            clean.append(" xmlns=\"").append(SVG).append('"');
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            attribute((Attr) attributes.item(i));
        }
        clean.append('>');
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element within && !write(within, depth + 1)) {
                return false;
            }
            if (child instanceof Text text) {
                escaped(text.getData());
            }
        }
        clean.append("</").append(name).append('>');
        return true;
    }

    private void attribute(Attr attribute) {
        String name = attribute.getLocalName();
        String space = attribute.getNamespaceURI();
        String value = attribute.getValue();
        boolean reference = "href".equals(name) && (space == null || XLINK.equals(space));
        boolean kept = reference
                ? OWN.matcher(value).matches()
                : space == null && ATTRIBUTES.contains(name) && harmless(value);
        if (kept) {
            clean.append(' ').append(name).append("=\"");
            escaped(value);
            clean.append('"');
        }
    }

    private static boolean harmless(String value) {
        String rest = OWN_URL.matcher(value).replaceAll("").toLowerCase(Locale.ROOT);
        return !rest.contains("url") && !rest.contains("(#") && !rest.contains(":") && !rest.contains("\\");
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> clean.append("&lt;");
                case '>' -> clean.append("&gt;");
                case '&' -> clean.append("&amp;");
                case '"' -> clean.append("&quot;");
                default -> clean.append(c);
            }
        }
    }
}
