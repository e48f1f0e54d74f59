/* A library that was built without anything special, and calls the other one. */
int price(int count);
int (*address_of_price(void))(int);
int user_price(int count) { return price(count) + 2; }
int user_tail(int count) { return price(count); }
int (*user_pointer)(int) = price;
int user_through_pointer(int count) { return user_pointer(count) + 3; }
