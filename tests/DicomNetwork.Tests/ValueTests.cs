namespace Gateway.DicomNetwork.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1.2.840.10008.1.1", "1.2.840.10008.1.1")]
    [InlineData("1.2.3\0", "1.2.3")]
    [InlineData("1.02.3", "1.02.3")]
    public void A_uid_is_taken_without_its_padding(string text, string value)
    {
        Assert.True(Uid.TryParse(text, out var uid));
        Assert.Equal(value, uid.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("../../etc/passwd")]
    [InlineData("1..2")]
    [InlineData(".1")]
    [InlineData("1.")]
    [InlineData("1.2 3")]
    [InlineData("1.2\03")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_is_no_uid_never_becomes_one(string? text) => Assert.False(Uid.TryParse(text, out _));

    [Theory]
    [InlineData("SCANNER", true)]
    [InlineData("  MR 1 ", true)]
    [InlineData("", false)]
    [InlineData("    ", false)]
    [InlineData("A\\B", false)]
    [InlineData("A\nB", false)]
    [InlineData("SEVENTEENLETTERSX", false)]
    public void An_ae_title_has_1_to_16_printable_characters(string text, bool valid) => Assert.Equal(valid, AeTitle.TryParse(text, out _));

    [Fact]
    public void A_title_from_the_wire_can_be_logged_whatever_it_holds() =>
        Assert.Equal("A?B", AeTitle.FromWire("A\nB             ").Value);
}
