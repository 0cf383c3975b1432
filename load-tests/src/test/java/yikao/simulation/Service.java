package yikao.simulation;

import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * The service under load: {@code -Dyikao.url}, default http://127.0.0.1:8080, and {@code
 * -Dyikao.token}, the editor's token.
 */
final class Service {
  private static final String URL = System.getProperty("yikao.url", "http://127.0.0.1:8080");
  private static final String QUIZ =
      """
      {"title":"压力测试","sections":[
        {"type":"single","count":10,"points":5},
        {"type":"multiple","count":5,"points":6},
        {"type":"judge","count":5,"points":4}],
       "timeLimitMinutes":60,"tries":1,"listed":false}\
      """;

  private Service() {}

  static HttpProtocolBuilder protocol() {
    return http.baseUrl(URL)
        .acceptHeader("application/json")
        .contentTypeHeader("application/json")
        .userAgentHeader("Gatling");
  }

  /**
   * Creates a quiz of 20 questions of the whole bank; its code.
   *
   * @throws IllegalStateException where the service or the token is missing
   */
  static String quiz() {
    var request =
        HttpRequest.newBuilder(URI.create(URL + "/api/quizzes"))
            .header("Authorization", "Bearer " + System.getProperty("yikao.token", ""))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(QUIZ))
            .build();
    try {
      var reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (reply.statusCode() != 201) {
        throw new IllegalStateException("no quiz: " + reply.statusCode() + " " + reply.body());
      }
      return reply.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    } catch (IOException e) {
      throw new IllegalStateException("no service at " + URL, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A number that may be set on the command line. */
  static int number(String name, int otherwise) {
    return Integer.getInteger("yikao." + name, otherwise);
  }
}
