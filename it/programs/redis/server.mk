# Two more servers by the Makefile of redis: both have retargets.o in them, and one has lost its relocations.
include Makefile

retargets.o: retargets.c .make-prerequisites
	$(REDIS_CC) -o $@ -c $<

names = addReplyLongLong genRedisInfoString
defaults = $(foreach name,$(names),-Wl,--defsym,default_$(name)=$(name))
objects = $(REDIS_SERVER_OBJ) retargets.o
libraries = ../deps/hiredis/libhiredis.a ../deps/lua/src/liblua.a ../deps/hdr_histogram/libhdrhistogram.a $(FINAL_LIBS)

server: $(objects)
	$(CC) $(FINAL_LDFLAGS) $(defaults) -o $@ $(objects) $(libraries)

server-without-relocations: $(objects)
	$(CC) $(filter-out -Wl%emit-relocs,$(FINAL_LDFLAGS)) $(defaults) -o $@ $(objects) $(libraries)
