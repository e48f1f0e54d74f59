/* Starts what a library brings. */
int sites_main(int argc, char **argv);

int main(int argc, char **argv) { return sites_main(argc, argv); }
