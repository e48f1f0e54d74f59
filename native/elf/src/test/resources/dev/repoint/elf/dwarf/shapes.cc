// What only C++ has.
struct Base {
    int (*base_call)(int);
    static int counted;
};
int Base::counted = 3;

namespace plugin {
struct Table : Base {
    virtual ~Table() = default;
    int (Table::*to_member)(int);
    int (*call)(int);
    int method(int x) { return x; }
};
Table table;
int use(int x) { return table.call(x) + table.method(x) + Base::counted; }
}

int main(int count, char **) { return plugin::use(count); }
