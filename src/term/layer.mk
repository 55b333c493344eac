libworld_a_SOURCES +=
