// A file that is not to be changed: the default has a mangled name.
namespace shop {

int price_default(int count) { return count + 30; }

}
