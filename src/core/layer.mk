libworld_a_SOURCES += \
	include/core/core_file_list.h src/core/core_file_list.c \
	include/core/core_headers.h src/core/core_headers.c \
	include/core/core_image.h src/core/core_image.c \
	include/core/core_mappings.h src/core/core_mappings.c \
	include/core/core_notes.h src/core/core_notes.c \
	include/core/core_places.h src/core/core_places.c \
	include/core/core_space.h src/core/core_space.c \
	include/core/gzip.h src/core/gzip.c \
	include/core/unpack.h src/core/unpack.c \
	include/core/unpacker.h \
	include/core/zstd.h src/core/zstd.c

unit_tests += \
	tests/unit/test_core_file_list \
	tests/unit/test_core_headers \
	tests/unit/test_core_image \
	tests/unit/test_core_mappings \
	tests/unit/test_core_notes \
	tests/unit/test_core_places \
	tests/unit/test_core_space \
	tests/unit/test_gzip \
	tests/unit/test_gzip_absent \
	tests/unit/test_unpack \
	tests/unit/test_unpack_calls \
	tests/unit/test_zstd \
	tests/unit/test_zstd_absent

EXTRA_DIST += tests/unit/absent_library.h tests/unit/core_bytes.h tests/unit/packed_core.h tests/unit/unpacked_stream.h
