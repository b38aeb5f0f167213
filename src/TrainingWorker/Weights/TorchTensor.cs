namespace Gateway.TrainingWorker.Weights;

/// <summary>Numbers that tensors look at.</summary>
internal sealed record TorchStorage(string Key, WeightType Type, long Count);

/// <summary>A view of a storage: element (i, j, ...) is number offset + i stride_0 + j stride_1 + ...</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var i = Shape.Length - 1; i >= 0; expected *= Shape[i--])
                if (Shape[i] != 1 && Strides[i] != expected)
                    return false;
            return true;
        }
    }

    /// <exception cref="InvalidDataException">The view leaves its storage, or shows an element twice.</exception>
    public void Check(string name, int count)
    {
        if (Strides.Length != Shape.Length || Offset < 0 || Strides.Any(stride => stride < 0))
            throw new InvalidDataException($"{name} is an impossible view.");
        var last = Shape.Zip(Strides).Aggregate((Int128)Offset, (at, axis) => at + Math.Max(0, axis.First - 1) * (Int128)axis.Second);
        if (count > Storage.Count || (count > 0 && last >= Storage.Count))
            throw new InvalidDataException($"{name} is larger than its storage.");
    }

    public float[] Gather(float[] storage, int count)
    {
        var values = new float[count];
        var index = new long[Shape.Length];
        for (var i = 0; i < count; i++)
        {
            var at = Offset;
            for (var axis = 0; axis < index.Length; axis++)
                at += index[axis] * Strides[axis];
            values[i] = storage[at];
            for (var axis = Shape.Length - 1; axis >= 0 && ++index[axis] == Shape[axis]; axis--)
                index[axis] = 0;
        }
        return values;
    }
}
