libpure_a_SOURCES += \
	include/model/address_space.h src/model/address_space.c \
	include/model/kind.h src/model/kind.c \
	include/model/target.h \
	include/model/vma.h src/model/vma.c
