module ebbpool.example/bench

go 1.19
