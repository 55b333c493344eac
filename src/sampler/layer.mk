libworld_a_SOURCES +=
libworld_a_SOURCES += \
	include/sampler/elf_cache.h src/sampler/elf_cache.c \
	include/sampler/elf_file.h src/sampler/elf_file.c \
	include/sampler/mapped_open.h src/sampler/mapped_open.c
