import java.io.OutputStream;
import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs Neo4j in the folder HOME as HOME/conf/neo4j.conf says, until standard input closes: no parent, no server. */
class Neo4jServer {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf/neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        if (!server.database("neo4j").isAvailable(60_000)) {
            throw new IllegalStateException("the database neo4j did not become available");
        }
        System.out.println("READY");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
