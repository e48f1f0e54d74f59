package dev.repoint.dist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// The description of an artifact, as far as the check reads it.
final class Pom {

    private final Element project;

    private Pom(Element project) {
        this.project = project;
    }

    /// @throws IOException if it is no XML
    static Pom read(byte[] content) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Pom(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(content))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// The text of an element, by the names on the way to it.
    Optional<String> text(String... path) {
        return text(project, path);
    }

    private static Optional<String> text(Element from, String... path) {
        Element at = from;
        for (String name : path) {
            List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            at = found.getFirst();
        }
        return Optional.of(at.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    /// A text that the parent may have, too.
    Optional<String> inherited(String name) {
        return text(name).or(() -> text("parent", name));
    }

    /// `jar`, if nothing else is said.
    String packaging() {
        return text("packaging").orElse("jar");
    }

    /// The artifacts of a group that are used at run time.
    List<Coordinates> dependencies(String group, String version) {
        return coordinates(children(project, "dependencies"), group, version);
    }

    /// The artifacts of a group whose versions it gives to others.
    List<Coordinates> managed(String group, String version) {
        List<Element> management = children(project, "dependencyManagement");
        return management.isEmpty()
                ? List.of()
                : coordinates(children(management.getFirst(), "dependencies"), group, version);
    }

    private static List<Coordinates> coordinates(List<Element> dependencies, String group, String version) {
        List<Coordinates> found = new ArrayList<>();
        for (Element each :
                dependencies.isEmpty() ? List.<Element>of() : children(dependencies.getFirst(), "dependency")) {
            boolean isUsed = !text(each, "scope").orElse("compile").matches("test|provided");
            if (isUsed && text(each, "groupId").orElse("").equals(group)) {
                found.add(new Coordinates(group, text(each, "artifactId").orElse(""), version));
            }
        }
        return found;
    }

    private static List<Element> children(Element of, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
