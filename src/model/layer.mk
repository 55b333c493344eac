libpure_a_SOURCES += \
	include/model/address_space.h src/model/address_space.c \
	include/model/classify.h src/model/classify.c \
	include/model/classify_name.h src/model/classify_name.c \
	include/model/classify_shape.h src/model/classify_shape.c \
	include/model/elf_image.h src/model/elf_image.c \
	include/model/kind.h src/model/kind.c \
	include/model/mapped_file.h src/model/mapped_file.c \
	include/model/object.h src/model/object.c \
	include/model/target.h \
	include/model/thread_stack.h src/model/thread_stack.c \
	include/model/vma.h src/model/vma.c

unit_tests += \
	tests/unit/test_address_space \
	tests/unit/test_classify \
	tests/unit/test_classify_name \
	tests/unit/test_classify_random \
	tests/unit/test_classify_shape \
	tests/unit/test_elf_image \
	tests/unit/test_kind \
	tests/unit/test_mapped_file \
	tests/unit/test_object \
	tests/unit/test_thread_stack \
	tests/unit/test_vma

EXTRA_DIST += tests/unit/maps_lines.h
