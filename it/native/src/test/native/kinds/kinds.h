/* What the files of this folder know of each other. */
#include "repoint.h"

int inside_default(int x);
int beside_default(int x);
int parts(int x);
int beside(int x);
