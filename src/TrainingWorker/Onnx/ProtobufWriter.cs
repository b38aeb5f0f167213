using System.Buffers;
using System.Text;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Protocol Buffers' wire format, as much of it as ONNX needs; a key is field * 8 + wire type.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Integer(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)field << 3 | 2);
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));


    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, inner._bytes.WrittenSpan);
    }

    private void Varint(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
