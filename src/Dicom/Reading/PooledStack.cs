using System.Buffers;

namespace Gateway.Dicom;

/// <summary>Collects what is read until its number is known, so that what is kept is as large as it needs to be.</summary>
internal sealed class PooledStack<T>(Allowance allowance) : IDisposable where T : class
{
    private T[] _items = ArrayPool<T>.Shared.Rent(64);

    public int Count { get; private set; }

    public void Push(T item)
    {
        if (Count == _items.Length) Grow();
        _items[Count++] = item;
    }

    /// <summary>Changes what was pushed since there were <paramref name="mark"/>.</summary>
    public void ChangeFrom<TArgument>(int mark, TArgument argument, Func<T, TArgument, T> change)
    {
        for (var i = mark; i < Count; i++) _items[i] = change(_items[i], argument);
    }

    /// <summary>Takes off what was pushed since there were <paramref name="mark"/>, in the order in which it was pushed.</summary>
    public T[] PopFrom(int mark)
    {
        T[] popped = [.. _items.AsSpan(mark, Count - mark)];
        Count = mark;
        return popped;
    }

    public void Dispose() => ArrayPool<T>.Shared.Return(_items, clearArray: true);

    private void Grow()
    {
        allowance.SpendSlots(Count * 2);
        var larger = ArrayPool<T>.Shared.Rent(Count * 2);
        _items.CopyTo(larger, 0);
        Dispose();
        _items = larger;
    }
}
