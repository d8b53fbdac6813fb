def test_a(built, model, drawn): pass
