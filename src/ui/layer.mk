libpure_a_SOURCES +=
