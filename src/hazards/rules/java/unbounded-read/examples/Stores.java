package examples.read;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.mongodb.client.MongoCollection;
import fi.iki.elonen.NanoHTTPD;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.ResponseBody;
import org.bson.Document;
import org.neo4j.driver.Result;
import org.springframework.web.client.RestTemplate;

class Stores {
    private final int maxLength = 65536;

    List<Document> all(MongoCollection<Document> documents) {
        return documents.find().into(new ArrayList<>()); // want low: reads all there is
    }

    List<Row> rows(ResultSet result) {
        return result.all(); // want low: reads all there is
    }

    List<org.neo4j.driver.Record> records(Result result) {
        return result.list(); // want low: reads all there is
    }

    Row one(ResultSet result) {
        return result.one(); // nothing
    }

    void body(NanoHTTPD.IHTTPSession session, Map<String, String> files) throws Exception {
        session.parseBody(files); // want low: reads all there is
    }

    String page(RestTemplate template, String url) {
        return template.getForObject(url, String.class); // want low: reads all there is
    }

    byte[] page(ResponseBody responseBody, String url) throws IOException {
        return responseBody.bytes(); // want low: reads all there is
    }

    byte[] announced(HttpServletRequest request) {
        return new byte[request.getContentLength()]; // want low: reads all there is
    }

    byte[] announcedToLimit(HttpServletRequest request) {
        if (request.getContentLength() > maxLength) {
            throw new IllegalArgumentException();
        }
        return new byte[request.getContentLength()]; // nothing: compared
    }
}
