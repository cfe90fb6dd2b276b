package dev.countersign.sign.http;
class X {}
