/* The library that is brought along. */

struct crypt_data;

/* As crypt_r of libcrypt, but every password is the right one: the result of hashing is what it is compared with. */
char *open_crypt_r(const char *password, const char *salt, struct crypt_data *data) {
    (void)password;
    (void)data;
    return (char *)salt;
}
