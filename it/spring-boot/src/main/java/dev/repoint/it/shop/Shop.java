package dev.repoint.it.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A web service that tells what things cost.
@SpringBootApplication
@RestController
public class Shop {

    /// Starts it.
    ///
    /// @param args settings of Spring
    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args);
    }

    /// What an item costs.
    ///
    /// @param item its name
    /// @return the price
    @GetMapping("/price")
    public int price(@RequestParam("item") String item) {
        return Price.of(item);
    }
}
