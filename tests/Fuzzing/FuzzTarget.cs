namespace Gateway.Fuzzing;

/// <summary>Something that reads what strangers send. It may refuse, by the exceptions it documents; everything else is a finding: another
/// exception, more than a second, more memory than <see cref="AllocationLimit"/>, a result that contradicts itself.</summary>
public abstract class FuzzTarget
{
    /// <summary>How it is asked for on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Well-formed inputs to be mutated. Small ones: each input copies one.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Byte strings that mean something here (delimiters, markers, item types); they are written over and put into
    /// seeds.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>What wraps a mutated input before it is read (a header, a compression); not counted as the reader's work.</summary>
    public virtual byte[] Wrap(byte[] mutated) => mutated;

    /// <summary>Reads the input to its end and uses what came of it. Throws a <see cref="FuzzException"/> when that contradicts
    /// itself.</summary>
    public abstract void Run(byte[] input);

    /// <summary>Whether this is how the reader says that it does not take the input.</summary>
    public abstract bool IsRefusal(Exception e);

    /// <summary>Most bytes that one input may allocate: 4 times its size and 4 MiB.</summary>
    public virtual long AllocationLimit(byte[] input) => 4L * input.Length + (4 << 20);
}
