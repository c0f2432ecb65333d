package com.example.shop;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class ShopApplication {

  record Product(int id, String name, double price) {}

  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  @GetMapping("/products")
  List<Product> products() {
    return List.of(new Product(1, "Teapot", 24.5), new Product(2, "Kettle", 39));
  }
}
