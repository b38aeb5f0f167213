namespace Gateway.TrainingWorker.Data;

/// <summary>One prepared slice in memory: 8-bit grey of a file, or 16 bits of the archive.</summary>
public sealed record PreparedPicture
{
    private readonly ReadOnlyMemory<short> _stored;
    private readonly float _unit;
    private readonly float _offset;

    /// <param name="name">File name without folder and extension.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="grey">Row-major; the network's value is grey / 127.5 - 1.</param>
    public PreparedPicture(string name, int size, byte[] grey) : this(name, size, Array.ConvertAll(grey, value => (short)value), 127.5f, 1)
    {
    }

    /// <param name="name">Digest of the sample and number of the slice.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="stored">Row-major; the network's value is stored / 32767.</param>
    public PreparedPicture(string name, int size, ReadOnlyMemory<short> stored) : this(name, size, stored, short.MaxValue, 0)
    {
    }

    private PreparedPicture(string name, int size, ReadOnlyMemory<short> stored, float unit, float offset) =>
        (Name, Size, _stored, _unit, _offset) = (name, size, stored, unit, offset);

    public string Name { get; }

    /// <summary>Width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Writes the network's values, in [-1, 1], row-major.</summary>
    /// <param name="values">Size x size.</param>
    public void CopyTo(Span<float> values)
    {
        var stored = _stored.Span;
        for (var i = 0; i < stored.Length; i++)
            values[i] = stored[i] / _unit - _offset;
    }
}
