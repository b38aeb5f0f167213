using System.Text;

namespace Gateway.Testing;

/// <summary>An ONNX file of a few hundred bytes: one operator from <c>input</c> to <c>output</c>, N x 1 x H x W, with the metadata of a
/// generator.</summary>
public static class TinyModel
{
    private const int Float = 1;

    /// <param name="direction">Such as <c>t2-ct</c>.</param>
    /// <param name="version">Another one is another digest.</param>
    /// <param name="operation">An ONNX operator with one input: <c>Identity</c>, <c>Neg</c>; <c>Sqrt</c> of a slice is not finite.</param>
    /// <param name="probe">The metadata of that name; none when null.</param>
    public static byte[] Bytes(string direction, string version = "1", string operation = "Identity", string? probe = null)
    {
        var graph = Join(
            Field(1, Join(Text(1, "input"), Text(2, "output"), Text(4, operation))), Text(2, "tiny"), Field(11, Picture("input")),
            Field(12, Picture("output")));
        List<(string Key, string Value)> metadata =
            [("direction", direction), ("hu_low", "-20"), ("hu_high", "100"), ("model", "tiny"), ("version", version)];
        if (probe is not null)
            metadata.Add(("probe", probe));
        return Join(
            [
                Number(1, 8), Field(7, graph), Field(8, Join(Text(1, ""), Number(2, 17))),
                .. metadata.Select(pair => Field(14, Join(Text(1, pair.Key), Text(2, pair.Value)))),
            ]);
    }

    private static byte[] Picture(string name)
    {
        byte[][] sides = [Text(2, "n"), Number(1, 1), Text(2, "h"), Text(2, "w")];
        var shape = Join([.. sides.Select(side => Field(1, side))]);
        return Join(Text(1, name), Field(2, Field(1, Join(Number(1, Float), Field(2, shape)))));
    }

    // Protocol buffers: a key of field and wire type, then a number, or a length and so many bytes.
    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => Join(VarInt((field << 3) | 2), VarInt(content.Length), content);

    private static byte[] Number(int field, int value) => Join(VarInt(field << 3), VarInt(value));

    private static byte[] VarInt(int value)
    {
        var bytes = new List<byte>();
        for (var rest = (uint)value; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80)
                return [.. bytes];
        }
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
