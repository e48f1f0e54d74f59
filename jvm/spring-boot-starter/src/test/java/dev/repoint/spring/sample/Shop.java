package dev.repoint.spring.sample;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A web service.
@SpringBootApplication
@RestController
public class Shop {

    /// What an item costs.
    @GetMapping("/price")
    public int price(@RequestParam("item") String item) {
        return Price.of(item);
    }
}
