/** Signs and verifies Huawei-Cloud-style AK/SK requests. */
module dev.countersign.sign {
    requires transitive java.net.http;

    exports dev.countersign.sign;
}
