package org.posthouse.webadmin.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Objects;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Moment;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.undo.HistoryFile;

/**
 * The history as a file to keep: {@code /history-export}, with {@code file=changes} and the filter of the page History,
 * or with {@code file=state} and {@code moment}, {@code object}, {@code as} and {@code users} as in the API. It only
 * reads, so that a link may lead to it.
 */
@WebServlet(name = "history-export", urlPatterns = "/history-export")
public class HistoryDownload extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Visitor visitor;

    @Inject
    private transient Installed installed;

    /** For the container. */
    public HistoryDownload() {}

    @Override
    protected void doGet(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        HistoryFile file;
        try {
            file = file(asked, visitor.directory());
        } catch (Missing | IllegalArgumentException nothing) {
            answer.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer.setContentType(file.type());
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answer.setHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        answer.setHeader("Cache-Control", "no-store");
        file.content().to(answer.getWriter());
    }

    private HistoryFile file(HttpServletRequest asked, Directory directory) {
        History history = installed.history();
        ZoneId day = ZoneId.systemDefault();
        if (parameter(asked, "file").equals("state")) {
            String object = parameter(asked, "object");
            return HistoryFile.state(
                    history,
                    directory,
                    Moment.of(history, parameter(asked, "moment"), day),
                    object.isBlank() ? directory.root() : Place.of(object),
                    parameter(asked, "as"),
                    asked.getParameter("users") != null);
        }
        return HistoryFile.changes(history, Filter.asked(name -> parameter(asked, name), day));
    }

    private static String parameter(HttpServletRequest asked, String name) {
        return Objects.requireNonNullElse(asked.getParameter(name), "");
    }
}
