/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_schema.h"

#include <string.h>

#define MAGIC            "SQLite format 3" /* and its NUL */
#define WRITE_VERSION_AT 18
#define READ_VERSION_AT  19
#define ROLLBACK_JOURNAL 1 /* of both; 2 is a log beside the file, which recordings have not */
#define USER_VERSION_AT  60
#define APPLICATION_AT   68

#define USAGE                                                                         \
	"rss INTEGER,swap INTEGER,hugetlb INTEGER,known_before INTEGER,pss INTEGER,"  \
	"uss INTEGER,private_dirty INTEGER,shared_dirty INTEGER,referenced INTEGER,"  \
	"anonymous INTEGER,huge INTEGER,locked INTEGER,page_size INTEGER,flags TEXT," \
	"protection_key INTEGER"
#define LASTS "id INTEGER PRIMARY KEY,first INTEGER NOT NULL,last INTEGER,"

static const struct recording_table tables[] = {
	{"recording", "CREATE TABLE recording(vastop TEXT NOT NULL,system TEXT NOT NULL,"
		      "release TEXT NOT NULL,machine TEXT NOT NULL,host ANY NOT NULL,"
		      "interval_ns INTEGER NOT NULL) STRICT"},
	{"process", "CREATE TABLE process(first INTEGER PRIMARY KEY,pid INTEGER NOT NULL,"
		    "start_ticks INTEGER,comm ANY NOT NULL,exe ANY,uid INTEGER,user ANY,"
		    "page_size INTEGER NOT NULL,start_brk INTEGER NOT NULL,"
		    "start_stack INTEGER NOT NULL,max_map_count INTEGER,limit_stack INTEGER,"
		    "limit_as INTEGER,limit_data INTEGER) STRICT"},
	{"argument", "CREATE TABLE argument(process INTEGER NOT NULL,position INTEGER NOT NULL,"
		     "value ANY NOT NULL) STRICT"},
	{"argument_process", "CREATE INDEX argument_process ON argument(process)"},
	{"sample", "CREATE TABLE sample(id INTEGER PRIMARY KEY,time_ns INTEGER NOT NULL,"
		   "cost_ns INTEGER NOT NULL,state TEXT NOT NULL,threads INTEGER,"
		   "rss INTEGER,swap INTEGER) STRICT"},
	{"list", "CREATE TABLE list(first INTEGER PRIMARY KEY,mappings INTEGER NOT NULL,"
		 "size INTEGER NOT NULL,heap INTEGER NOT NULL) STRICT"},
	{"keyframe", "CREATE TABLE keyframe(first INTEGER PRIMARY KEY) STRICT"},
	{"mapping", "CREATE TABLE mapping(" LASTS
		    "start INTEGER NOT NULL,size INTEGER NOT NULL,perms TEXT NOT NULL,"
		    "offset INTEGER NOT NULL,dev_major INTEGER NOT NULL,"
		    "dev_minor INTEGER NOT NULL,inode INTEGER NOT NULL,name ANY NOT NULL,"
		    "deleted INTEGER NOT NULL,kind TEXT NOT NULL,kind_source TEXT NOT NULL,"
		    "owner TEXT NOT NULL,tid INTEGER,alternate INTEGER NOT NULL,"
		    "file_system INTEGER NOT NULL,huge_shift INTEGER NOT NULL,"
		    "file_identity TEXT,runtime TEXT,twin INTEGER NOT NULL) STRICT"},
	{"mapping_first", "CREATE INDEX mapping_first ON mapping(first)"},
	{"part", "CREATE TABLE part(" LASTS
		 "start INTEGER NOT NULL,size INTEGER NOT NULL,perms TEXT NOT NULL,"
		 "kind TEXT NOT NULL,kind_source TEXT NOT NULL,tid INTEGER,"
		 "alternate INTEGER NOT NULL) STRICT"},
	{"part_first", "CREATE INDEX part_first ON part(first)"},
	{"stack", "CREATE TABLE stack(" LASTS "address INTEGER NOT NULL,tid INTEGER NOT NULL,"
		  "alternate INTEGER NOT NULL) STRICT"},
	{"stack_first", "CREATE INDEX stack_first ON stack(first)"},
	{"memory", "CREATE TABLE memory(first INTEGER PRIMARY KEY,source TEXT NOT NULL,"
		   "pages TEXT,partial INTEGER NOT NULL,swap_hides INTEGER NOT NULL,"
		   "smaps_ns INTEGER NOT NULL," USAGE ") STRICT"},
	{"usage", "CREATE TABLE usage(" LASTS "start INTEGER NOT NULL," USAGE ") STRICT"},
	{"usage_first", "CREATE INDEX usage_first ON usage(first)"},
	{"pages", "CREATE TABLE pages(" LASTS "start INTEGER NOT NULL,size INTEGER NOT NULL,"
		  "what TEXT NOT NULL) STRICT"},
	{"pages_first", "CREATE INDEX pages_first ON pages(first)"},
	{"event", "CREATE TABLE event(id INTEGER PRIMARY KEY,sample INTEGER NOT NULL,"
		  "time_ns INTEGER NOT NULL,change TEXT NOT NULL,start INTEGER,size INTEGER,"
		  "old_start INTEGER,old_size INTEGER,delta INTEGER,perms TEXT,old_perms TEXT,"
		  "kind TEXT,name ANY NOT NULL,tid INTEGER,alternate INTEGER NOT NULL) STRICT"},
	{"baseline", "CREATE TABLE baseline(id INTEGER PRIMARY KEY,sample INTEGER NOT NULL,"
		     "time_ns INTEGER NOT NULL) STRICT"},
	{"note", "CREATE TABLE note(id INTEGER PRIMARY KEY,sample INTEGER NOT NULL,"
		 "time_ns INTEGER NOT NULL,words ANY NOT NULL) STRICT"},
};

const struct recording_table *recording_tables(size_t *ret_count)
{
	*ret_count = sizeof(tables) / sizeof(tables[0]);
	return tables;
}

/* The header's numbers have their highest byte first. */
static uint32_t number_at(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

enum recording_form recording_form(const unsigned char *bytes, size_t length)
{
	if (length < RECORDING_HEADER_LENGTH || memcmp(bytes, MAGIC, sizeof(MAGIC)) ||
	    number_at(bytes + APPLICATION_AT) != RECORDING_APPLICATION)
		return RECORDING_FOREIGN;
	if (number_at(bytes + USER_VERSION_AT) > RECORDING_VERSION)
		return RECORDING_NEWER;
	if (number_at(bytes + USER_VERSION_AT) != RECORDING_VERSION ||
	    bytes[WRITE_VERSION_AT] != ROLLBACK_JOURNAL ||
	    bytes[READ_VERSION_AT] != ROLLBACK_JOURNAL)
		return RECORDING_FOREIGN;
	return RECORDING_GOOD;
}
