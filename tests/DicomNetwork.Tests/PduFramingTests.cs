using System.Buffers;

namespace Gateway.DicomNetwork.Tests;

public sealed class PduFramingTests
{
    private static readonly byte[] ReleaseRequest = [0x05, 0x00, 0, 0, 0, 4, 0, 0, 0, 0];

    [Fact]
    public void One_pdu_is_read_however_the_network_cut_it()
    {
        foreach (var cut in Wire.EverySplit([.. ReleaseRequest, 0xAA]))
        {
            var buffer = cut;

            Assert.True(PduFraming.TryReadPdu(ref buffer, maxLength: 4_096, out var type, out var body));

            Assert.Equal(PduType.ReleaseRequest, type);
            Assert.Equal(4, body.Length);
            Assert.Equal([0xAA], buffer.ToArray());
        }
    }

    [Fact]
    public void A_truncated_pdu_waits_for_more_and_takes_nothing()
    {
        for (var length = 0; length < ReleaseRequest.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(ReleaseRequest[..length]);

            Assert.False(PduFraming.TryReadPdu(ref buffer, maxLength: 4_096, out _, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [InlineData(4_097u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    public void A_length_over_the_limit_is_refused_from_the_header_alone(uint length)
    {
        var header = new ReadOnlySequence<byte>([0x04, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);

        var error = Assert.Throws<PduException>(() => PduFraming.TryReadPdu(ref header, maxLength: 4_096, out _, out _));

        Assert.Equal(AbortReason.InvalidPduParameterValue, error.Reason);
    }
}
