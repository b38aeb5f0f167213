namespace Gateway.TranslationWorker.Tests;

public class NameBasedUuidTests
{
    // Values of Python's uuid.uuid5(uuid.NAMESPACE_OID, name), an independent implementation.
    [Theory]
    [InlineData("1.2.3", "42d5e23b-3a02-5135-85c6-52d1102f1f00")]
    [InlineData("", "0a68eb57-c88a-5f34-9e9d-27f85e68af4f")]
    [InlineData(SampleStudy.StudyUid, "52f20efb-3cd2-5af3-bd3d-8aa5a52898e8")]
    public void The_id_is_the_one_other_implementations_compute(string name, string expected) =>
        Assert.Equal(new Guid(expected), NameBasedUuid.Create(NameBasedUuid.Oid, name));

    [Fact]
    public void A_uuid_becomes_the_oid_of_its_decimal_value()
    {
        // The example of PS3.5 B.2.
        var oid = NameBasedUuid.ToOid(new Guid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));

        Assert.Equal("2.25.329800735698586629295641978511506172918", oid);
    }
}
