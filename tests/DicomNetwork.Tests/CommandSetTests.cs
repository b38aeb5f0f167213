namespace Gateway.DicomNetwork.Tests;

public sealed class CommandSetTests
{
    private static readonly CommandSet Request = new()
    {
        Field = CommandField.StoreRequest,
        MessageId = 7,
        Priority = 0,
        AffectedSopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        AffectedSopInstanceUid = "1.2.3",
        HasDataSet = true,
    };

    [Fact]
    public void A_command_reads_back_as_it_was_written()
    {
        var read = CommandSet.Parse(Request.ToBytes());

        Assert.Equal(CommandField.StoreRequest, read.Field);
        Assert.Equal(7, read.MessageId);
        Assert.Equal("1.2.840.10008.5.1.4.1.1.4", read.AffectedSopClassUid);
        Assert.Equal("1.2.3", read.AffectedSopInstanceUid);
        Assert.True(read.HasDataSet);
        Assert.Equal(Request.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void The_group_length_counts_what_follows_it_and_every_value_is_even()
    {
        var bytes = Request.ToBytes();

        Assert.Equal([0, 0, 0, 0, 4, 0, 0, 0], bytes[..8]);
        Assert.Equal(bytes.Length - 12, BitConverter.ToInt32(bytes, 8));
        Assert.Equal(0, bytes.Length % 2);
    }

    [Fact]
    public void A_command_cut_short_is_refused_or_lacks_what_was_cut()
    {
        var bytes = Request.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = bytes[..length];
            Assert.Throws<PduException>(() =>
            {
                var command = CommandSet.Parse(part);
                _ = (command.Field, command.MessageId, command.HasDataSet);
                _ = command.AffectedSopInstanceUid ?? throw PduException.Truncated();
            });
        }
    }

    [Fact]
    public void An_element_that_announces_four_gigabytes_is_refused()
    {
        byte[] bytes = [0, 0, 0x02, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x31, 0x2E];

        Assert.Throws<PduException>(() => CommandSet.Parse(bytes));
    }

    [Fact]
    public void An_error_comment_is_cut_at_64_characters()
    {
        var read = CommandSet.Parse(new CommandSet { ErrorComment = new string('x', 100) }.ToBytes());

        Assert.Equal(64, read.ErrorComment!.Length);
    }
}
