package dev.repoint.it.web;

import io.javalin.Javalin;

/// A web service. A request calls each of two methods twice, and the answer tells what it got, in order.
final class Service {

    private Service() {}

    static void main(String[] arguments) {
        Javalin server = Javalin.create(config -> config.showJavalinBanner = false)
                .get("/quote", context -> {
                    Audit.record(context);
                    int amount = Quote.amount();
                    int unit = Quote.unit();
                    int again = Quote.amount();
                    int last = Quote.unit();
                    Integer audited = context.attribute("audited");
                    context.result(Thread.currentThread().threadId() + " " + (audited == null ? 0 : audited) + " "
                            + amount + " " + unit + " " + again + " " + last);
                })
                .start("localhost", 0);
        System.out.println("port " + server.port());
    }
}
